savedcmd_fs/built-in.a := rm -f fs/built-in.a;  printf "fs/%s " ext4/built-in.a | xargs ar cDPrST fs/built-in.a
