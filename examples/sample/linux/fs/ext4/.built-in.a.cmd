savedcmd_fs/ext4/built-in.a := rm -f fs/ext4/built-in.a;  printf "fs/ext4/%s " inode.o | xargs ar cDPrST fs/ext4/built-in.a
