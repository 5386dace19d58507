// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* A function of the kernel in which any task can be made to sleep, before and after it is patched: it opens a FIFO. */
#include "fifo.h"
#include "livepatch.h"

static struct klp_func functions[] = { REPLACES(fifo_open, open_never), {} };
static struct klp_object objects[] = { { .funcs = functions }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Changes how FIFOs are opened");
