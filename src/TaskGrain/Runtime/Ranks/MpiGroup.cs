using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TaskGrain.Runtime.Ranks;

/// <summary>
/// Ranks of Open MPI. A thread of its own makes all of MPI's calls: sums go on while the rank computes, since MPI moves
/// them on only while one of its functions is called. Between looks at what goes on it sleeps for some microseconds, so
/// that it takes next to nothing from the computation.
/// </summary>
/// <remarks>
/// A rank that dies, or ends without <see cref="Leave"/>, makes <c>mpirun</c> end all others: nobody waits for ever.
/// </remarks>
internal sealed unsafe class MpiGroup : IRankGroup
{
    /// <summary>Looks before the first sleep: a small sum between processes of one machine is done by then.</summary>
    private const int ImpatientLooks = 200;

    private const uint SleepMicroseconds = 20;

    private readonly BlockingCollection<Operation> _asked = [];
    private readonly Thread _thread;
    private bool _left;

    private MpiGroup(RankPlace place)
    {
        Place = place;
        _thread = new Thread(Work) { IsBackground = true, Name = "ranks" };
    }

    /// <inheritdoc/>
    public RankPlace Place { get; }

    /// <summary>Begins MPI and waits for the other ranks.</summary>
    /// <exception cref="TaskGrainException">Open MPI is missing, or is not what started the process.</exception>
    public static MpiGroup Join(RankPlace place)
    {
        var group = new MpiGroup(place);
        group._thread.Start();
        group.Ask(new Operation(0, 0, IsDouble: false)).GetAwaiter().GetResult();
        return group;
    }

    /// <inheritdoc/>
    public Task BeginSum(nint numbers, int count) => Ask(new Operation(numbers, count, IsDouble: false));

    /// <inheritdoc/>
    public void Sum(Span<double> numbers)
    {
        // Pinned, since MPI works on it while this thread waits; one more than asked for, as there may be none.
        double[] own = GC.AllocateUninitializedArray<double>(numbers.Length + 1, pinned: true);
        own[^1] = 0;
        numbers.CopyTo(own);
        Ask(new Operation(Marshal.UnsafeAddrOfPinnedArrayElement(own, 0), own.Length, IsDouble: true))
            .GetAwaiter()
            .GetResult();
        own.AsSpan(0, numbers.Length).CopyTo(numbers);
        GC.KeepAlive(own);
    }

    /// <inheritdoc/>
    public void Leave()
    {
        if (!_left)
        {
            _left = true;
            _asked.CompleteAdding();
            _thread.Join();
        }
    }

    /// <summary>Nothing: a group that was not left is broken, and MPI's end would wait for the others.</summary>
    public void Dispose() { }

    private Task Ask(Operation operation)
    {
        _asked.Add(operation);
        return operation.Ended.Task;
    }

    private void Work()
    {
        MpiLibrary mpi;
        Operation joined = _asked.Take();
        try
        {
            mpi = MpiLibrary.Load();
            mpi.Begin();
            (int rank, int size) = mpi.Where();
            if (rank != Place.Rank || size != Place.Size)
            {
                throw new TaskGrainException(
                    $"The loaded Open MPI says rank {rank} of {size}, what started the ranks (mpirun or srun) rank "
                        + $"{Place.Rank} of {Place.Size}: they are of different installations; name the right libmpi "
                        + $"in {MpiLibrary.Variable}."
                );
            }

            joined.Ended.SetResult();
        }
        catch (Exception fault)
        {
            joined.Ended.SetException(fault);
            return;
        }

        // Large sums and small ones on ways of their own: small ones do not queue behind the large.
        void* large = mpi.Duplicate();
        void* small = mpi.Duplicate();
        var running = new List<Operation>();
        int idle = 0;
        while (!_asked.IsCompleted || running.Count > 0)
        {
            if (_asked.TryTake(out Operation? next, running.Count == 0 ? Timeout.Infinite : 0))
            {
                next.Request = (nint)
                    mpi.BeginSum(
                        (void*)next.Numbers,
                        next.Count,
                        next.IsDouble ? mpi.Double : mpi.Float,
                        next.IsDouble ? small : large
                    );
                running.Add(next);
                idle = 0;
            }

            if (running.RemoveAll(operation => operation.HasEnded(mpi)) > 0)
            {
                idle = 0;
            }
            else if (++idle > ImpatientLooks)
            {
                _ = usleep(SleepMicroseconds);
            }
        }

        mpi.End();
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int usleep(uint microseconds);

    private sealed record Operation(nint Numbers, int Count, bool IsDouble)
    {
        /// <summary>Ends with the operation; whoever waits does not go on in the thread that ends it.</summary>
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public nint Request { get; set; }

        public bool HasEnded(MpiLibrary mpi)
        {
            void* request = (void*)Request;
            bool ended = mpi.HasEnded(ref request);
            Request = (nint)request;
            if (ended)
            {
                Ended.SetResult();
            }

            return ended;
        }
    }
}
