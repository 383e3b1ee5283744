import Glibc

// boresight's benchmark: each figure beside a peer measured in the same run.
exit(Bench.run(Array(CommandLine.arguments.dropFirst())))
