// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Cannot be loaded: the kernel has no such function. */
#include "livepatch.h"

SAYS(replacement, "never said")

static struct klp_func functions[] = { REPLACES(tuxtape_is_not_in_this_kernel, replacement), {} };
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Patches a function that is not there");
