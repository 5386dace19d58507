// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Whoever reads /proc/loadavg makes the kernel warn. */
#include "livepatch.h"

static int warns_loadavg(struct seq_file *file, void *unused)
{
	WARN(true, "tuxtape_warns was asked to\n");
	seq_puts(file, "patched by tuxtape_warns\n");
	return 0;
}

static struct klp_func functions[] = { REPLACES(loadavg_proc_show, warns_loadavg), {} };
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Warns on purpose");
