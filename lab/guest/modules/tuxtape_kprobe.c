// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Holds /proc/cmdline by a kprobe that may change where a call goes on: nobody else may do so then. */
#include <linux/kprobes.h>
#include <linux/module.h>

static int enters(struct kprobe *probe, struct pt_regs *registers)
{
	return 0;
}

static void leaves(struct kprobe *probe, struct pt_regs *registers, unsigned long flags)
{
}

static struct kprobe probe = {
	.symbol_name = "cmdline_proc_show",
	.pre_handler = enters,
	.post_handler = leaves,
};

static int __init enter(void)
{
	return register_kprobe(&probe);
}

static void __exit leave(void)
{
	unregister_kprobe(&probe);
}

module_init(enter);
module_exit(leave);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Holds /proc/cmdline by a kprobe");
