savedcmd_fs/btrfs/btrfs.mod := printf '%s\n'   inode.o qgroup.o scrub.o | awk '!x[$$0]++ { print("fs/btrfs/"$$0) }' > fs/btrfs/btrfs.mod
