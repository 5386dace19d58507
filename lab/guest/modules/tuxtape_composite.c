// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Functions of the kernel and of a module that may not be loaded. */
#include "livepatch.h"

SAYS(composite_uptime, "patched by tuxtape_composite")
SAYS(composite_answer, "patched by tuxtape_composite")

static struct klp_func of_kernel[] = { REPLACES(uptime_proc_show, composite_uptime), {} };
static struct klp_func of_target[] = { REPLACES(tuxtape_target_answer, composite_answer), {} };
static struct klp_object objects[] = {
	{ .funcs = of_kernel },
	{ .name = "tuxtape_target", .funcs = of_target },
	{},
};

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Changes /proc/uptime and tuxtape_target");
