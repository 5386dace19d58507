// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Cannot be loaded: several functions have this name, and it does not say which. */
#include "livepatch.h"

SAYS(replacement, "never said")

static struct klp_func functions[] = { REPLACES(c_start, replacement), {} };
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Patches one of several functions of a name");
