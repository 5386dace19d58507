// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* The larger of two that replace everything. */
#include "fifo.h"
#include "livepatch.h"

SAYS(large_cmdline, "patched by tuxtape_large")
SAYS(large_version, "patched by tuxtape_large")
SAYS(large_loadavg, "patched by tuxtape_large")

static struct klp_func functions[] = {
	REPLACES(cmdline_proc_show, large_cmdline),
	REPLACES(version_proc_show, large_version),
	REPLACES(loadavg_proc_show, large_loadavg),
	REPLACES(fifo_open, open_never),
	{},
};
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, true);

MODULE_DESCRIPTION("Changes /proc/cmdline, /proc/version, /proc/loadavg and FIFOs");
