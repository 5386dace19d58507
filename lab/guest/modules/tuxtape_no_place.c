// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Cannot be loaded: there is only one function of this name. */
#include "livepatch.h"

SAYS(replacement, "never said")

static struct klp_func functions[] = {
	{ .old_name = "cmdline_proc_show", .new_func = replacement, .old_sympos = 9 },
	{},
};
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Patches the ninth function of a name");
