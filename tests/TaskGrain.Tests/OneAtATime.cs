// libtorch's number of threads and its random generator belong to the process, and training sets both: a test that
// asks for the same bits twice must not run beside one that trains.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
