using TaskGrain.Runtime.Ranks;

namespace TaskGrain.Tests.Runtime.Ranks;

/// <summary>
/// Ranks that are threads of this process: the same work as that of processes under MPI, which needs nothing to be
/// installed. Sums are made in the order of the ranks, so that all have the same, bit for bit.
/// </summary>
internal sealed class ThreadRanks : IRankGroup
{
    private readonly Shared _shared;

    private ThreadRanks(Shared shared, int rank)
    {
        _shared = shared;
        Place = new RankPlace(rank, shared.Size, rank, shared.Size, IsBound: false);
    }

    public RankPlace Place { get; }

    /// <summary>Lengths of the float32 sums, in order.</summary>
    public List<int> Sums { get; } = [];

    /// <summary>Does something as several ranks and waits for all. When one fails, the others do too.</summary>
    public static void Run(int ranks, Action<ThreadRanks> work)
    {
        using var shared = new Shared(ranks);
        var faults = new List<(Exception Fault, bool Own)>();
        Thread[] threads =
        [
            .. Enumerable
                .Range(0, ranks)
                .Select(rank => new Thread(() =>
                {
                    try
                    {
                        work(new ThreadRanks(shared, rank));
                    }
                    catch (Exception fault)
                    {
                        lock (faults)
                        {
                            faults.Add((fault, fault is not OperationCanceledException));
                        }

                        shared.Broken.Cancel();
                    }
                })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        if (faults.Count > 0)
        {
            Exception first = faults.OrderByDescending(f => f.Own).First().Fault;
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    public unsafe Task BeginSum(nint numbers, int count)
    {
        Sums.Add(count);
        var own = new Span<float>((void*)numbers, count);
        _shared.Parts[Place.Rank] = own.ToArray();
        Meet();
        own.Clear();
        foreach (Array part in _shared.Parts)
        {
            Assert.Equal(count, part.Length);
            for (int i = 0; i < count; i++)
            {
                own[i] += ((float[])part)[i];
            }
        }

        Meet();
        return Task.CompletedTask;
    }

    public void Sum(Span<double> numbers)
    {
        _shared.Parts[Place.Rank] = numbers.ToArray();
        Meet();
        numbers.Clear();
        foreach (Array part in _shared.Parts)
        {
            Assert.Equal(numbers.Length, part.Length);
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] += ((double[])part)[i];
            }
        }

        Meet();
    }

    public void Leave() { }

    public void Dispose() { }

    private void Meet() => _shared.Gate.SignalAndWait(_shared.Broken.Token);

    private sealed class Shared(int size) : IDisposable
    {
        public int Size => size;

        public Array[] Parts { get; } = new Array[size];

        public Barrier Gate { get; } = new(size);

        public CancellationTokenSource Broken { get; } = new();

        public void Dispose()
        {
            Gate.Dispose();
            Broken.Dispose();
        }
    }
}
