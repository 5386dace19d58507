// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* The smaller of two that replace everything. */
#include "livepatch.h"

SAYS(small_cmdline, "patched by tuxtape_small")
SAYS(small_version, "patched by tuxtape_small")

static struct klp_func functions[] = {
	REPLACES(cmdline_proc_show, small_cmdline),
	REPLACES(version_proc_show, small_version),
	{},
};
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, true);

MODULE_DESCRIPTION("Changes /proc/cmdline and /proc/version");
