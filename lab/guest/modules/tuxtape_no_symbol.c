// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Cannot be loaded without tuxtape_target: it uses its symbol. */
#include "livepatch.h"

int tuxtape_target_number(void);

static int no_symbol_cmdline(struct seq_file *file, void *unused)
{
	seq_printf(file, "patched by tuxtape_no_symbol %d\n", tuxtape_target_number());
	return 0;
}

static struct klp_func functions[] = { REPLACES(cmdline_proc_show, no_symbol_cmdline), {} };
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Needs a symbol of tuxtape_target");
