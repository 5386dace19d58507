// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* One function, stacked upon what is loaded. */
#include "livepatch.h"

SAYS(plain_cmdline, "patched by tuxtape_plain")

static struct klp_func functions[] = { REPLACES(cmdline_proc_show, plain_cmdline), {} };
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Changes /proc/cmdline");
