// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Whoever reads /proc/loadavg makes the kernel oops. */
#include "livepatch.h"

static int oopses_loadavg(struct seq_file *file, void *unused)
{
	int *volatile nowhere = NULL;

	return *nowhere;
}

static struct klp_func functions[] = { REPLACES(loadavg_proc_show, oopses_loadavg), {} };
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Oopses on purpose");
