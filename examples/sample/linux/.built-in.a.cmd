savedcmd_built-in.a := rm -f built-in.a;  printf "./%s " fs/built-in.a net/built-in.a | xargs ar cDPrST built-in.a
