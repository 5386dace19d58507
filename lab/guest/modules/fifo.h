/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* In place of fifo_open, where a task sleeps until a FIFO has two ends: here it sleeps until it gets a signal. */
#include <linux/fs.h>
#include <linux/sched.h>

static int open_never(struct inode *inode, struct file *file)
{
	while (!signal_pending(current))
		schedule_timeout_interruptible(HZ);
	return -EINTR;
}
