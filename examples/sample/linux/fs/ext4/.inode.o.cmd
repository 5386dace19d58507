savedcmd_fs/ext4/inode.o := gcc -Wp,-MMD,fs/ext4/.inode.o.d -nostdinc -I./include -D__KERNEL__ -O2 -c -o fs/ext4/inode.o fs/ext4/inode.c

source_fs/ext4/inode.o := fs/ext4/inode.c

deps_fs/ext4/inode.o := \
    $(wildcard include/config/SMP) \
  include/linux/kernel.h \

fs/ext4/inode.o: $(deps_fs/ext4/inode.o)

$(deps_fs/ext4/inode.o):
