// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Its target lacks the function: whichever of the two comes second is refused. */
#include "livepatch.h"

SAYS(replacement, "never said")

static struct klp_func functions[] = { REPLACES(tuxtape_target_lacks_this, replacement), {} };
static struct klp_object objects[] = { { .name = "tuxtape_target", .funcs = functions }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Patches what tuxtape_target lacks");
