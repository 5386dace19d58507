// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Replaces everything before it, and whoever reads /proc/loadavg makes the kernel warn. */
#include "livepatch.h"

static int bad_loadavg(struct seq_file *file, void *unused)
{
	WARN(true, "livepatch_bad was asked to\n");
	seq_puts(file, "patched by livepatch_bad\n");
	return 0;
}

static struct klp_func functions[] = { REPLACES(loadavg_proc_show, bad_loadavg), {} };
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, true);

MODULE_DESCRIPTION("Warns on purpose");
