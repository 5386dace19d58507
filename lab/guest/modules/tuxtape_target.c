// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/*
 * A module to be patched. In /proc/tuxtape_target:
 *   answer  says "original"
 *   gate    "close" and "open" are written to it; a read waits, interruptible, while it is closed
 * Its kernel thread sleeps, too, while the gate is closed: inside tuxtape_target_nap.
 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(gate_moved);
static bool closed;
static struct task_struct *thread;
static struct proc_dir_entry *folder;

/* For a module that cannot do without this one. */
int tuxtape_target_number(void);
int tuxtape_target_number(void)
{
	return 42;
}
EXPORT_SYMBOL_GPL(tuxtape_target_number);

static noinline int tuxtape_target_answer(struct seq_file *file, void *unused)
{
	seq_puts(file, "original\n");
	return 0;
}

static noinline int tuxtape_target_wait(struct seq_file *file, void *unused)
{
	if (wait_event_interruptible(gate_moved, !READ_ONCE(closed)))
		return -ERESTARTSYS;
	seq_puts(file, "open\n");
	return 0;
}

static noinline void tuxtape_target_nap(void)
{
	wait_event_idle(gate_moved, !READ_ONCE(closed) || kthread_should_stop());
}

static noinline int tuxtape_target_thread(void *unused)
{
	while (!kthread_should_stop()) {
		wait_event_idle(gate_moved, READ_ONCE(closed) || kthread_should_stop());
		tuxtape_target_nap();
	}
	return 0;
}

static void move_gate(bool close)
{
	WRITE_ONCE(closed, close);
	wake_up_all(&gate_moved);
}

static ssize_t gate_write(struct file *file, const char __user *text, size_t size, loff_t *offset)
{
	char first;

	if (size == 0 || get_user(first, text))
		return -EFAULT;
	move_gate(first == 'c');
	return size;
}

static int gate_open(struct inode *inode, struct file *file)
{
	return single_open(file, tuxtape_target_wait, NULL);
}

static const struct proc_ops gate = {
	.proc_open = gate_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = gate_write,
};

static int __init enter(void)
{
	folder = proc_mkdir("tuxtape_target", NULL);
	if (!folder || !proc_create_single("answer", 0444, folder, tuxtape_target_answer) ||
	    !proc_create("gate", 0666, folder, &gate)) {
		proc_remove(folder);
		return -ENOMEM;
	}
	thread = kthread_run(tuxtape_target_thread, NULL, "tuxtape_napper");
	if (IS_ERR(thread)) {
		proc_remove(folder);
		return PTR_ERR(thread);
	}
	return 0;
}

static void __exit leave(void)
{
	move_gate(false);
	kthread_stop(thread);
	proc_remove(folder);
}

module_init(enter);
module_exit(leave);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Target of the lab's livepatches");
