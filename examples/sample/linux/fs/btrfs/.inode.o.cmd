savedcmd_fs/btrfs/inode.o := gcc -Wp,-MMD,fs/btrfs/.inode.o.d -nostdinc -I./include -D__KERNEL__ -O2 -DMODULE -c -o fs/btrfs/inode.o fs/btrfs/inode.c

source_fs/btrfs/inode.o := fs/btrfs/inode.c

deps_fs/btrfs/inode.o := \
    $(wildcard include/config/SMP) \
  include/linux/kernel.h \

fs/btrfs/inode.o: $(deps_fs/btrfs/inode.o)

$(deps_fs/btrfs/inode.o):
