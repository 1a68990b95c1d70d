using TaskGrain.Synthesis;

namespace TaskGrain.Tests.Synthesis;

public sealed class ClipWorkTests
{
    private const int Clips = 200;
    private const int Threads = 3;

    /// <summary>Clips that may be made before the one that is kept next.</summary>
    private const int Ahead = 8 * Threads;

    /// <summary>Longer than any machine takes; a wait that ends by it fails the test.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [Fact]
    public void Clips_are_kept_in_order_when_the_first_is_made_last_and_only_so_many_wait()
    {
        using var others = new CountdownEvent(Ahead - 1);
        int made = 0;
        int most = 0;
        var kept = new List<int>();
        Work(
                index =>
                {
                    if (index == 0)
                    {
                        Assert.True(others.Wait(Long));
                    }
                    else if (index < Ahead)
                    {
                        others.Signal();
                    }

                    Interlocked.Increment(ref made);
                },
                index =>
                {
                    most = Math.Max(most, Volatile.Read(ref made) - kept.Count);
                    kept.Add(index);
                }
            )
            .Run();
        Assert.Equal(Enumerable.Range(0, Clips), kept);

        // The clips that wait, those in the making, and the one at hand.
        Assert.InRange(most, 1, Ahead + 1);
    }

    [Fact]
    public void Keeping_and_committing_do_not_stop_the_making()
    {
        using var ahead = new CountdownEvent(Ahead);
        Work(
                index =>
                {
                    if (index < Ahead)
                    {
                        ahead.Signal();
                    }
                },
                index => Assert.True(index > 0 || ahead.Wait(Long))
            )
            .Run();
        Assert.True(ahead.IsSet);
    }

    [Fact]
    public void Clips_that_are_there_are_not_made_and_the_last_commit_comes_after_the_last_clip()
    {
        var done = new List<string>();
        new ClipWork<int>("testing", 6, Threads, null, default)
        {
            IsDone = index => index is 0 or 3,
            Make = index => 10 * index,
            Keep = (index, made) => done.Add($"{index}:{made}"),
            Commit = () => done.Add("commit"),
        }.Run();
        Assert.Equal(["1:10", "2:20", "4:40", "5:50", "commit"], done);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70)]
    [InlineData(Clips - 1)]
    public void A_fault_of_a_maker_or_of_the_keeper_ends_all_threads_and_is_thrown_as_it_is(int at)
    {
        int running = 0;
        var kept = new List<int>();
        void Make(int index, bool fails)
        {
            Interlocked.Increment(ref running);
            try
            {
                Fail(fails && index == at);
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }

        Assert.Throws<TaskGrainException>(Work(index => Make(index, fails: true), kept.Add).Run);
        Assert.Equal(0, running);
        Assert.Equal(Enumerable.Range(0, kept.Count), kept);
        Assert.DoesNotContain(at, kept);

        Assert.Throws<TaskGrainException>(Work(index => Make(index, fails: false), index => Fail(index == at)).Run);
        Assert.Equal(0, running);

        static void Fail(bool now)
        {
            if (now)
            {
                throw new TaskGrainException("full");
            }
        }
    }

    [Fact]
    public void Cancelled_while_it_makes_or_keeps_or_before_it_ends()
    {
        using var early = new CancellationTokenSource();
        early.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(Work(_ => { }, _ => { }, cancel: early.Token).Run);

        using var making = new CancellationTokenSource();
        var kept = new List<int>();
        Assert.ThrowsAny<OperationCanceledException>(
            Work(
                index =>
                {
                    if (index == 50)
                    {
                        making.Cancel();
                    }
                },
                kept.Add,
                cancel: making.Token
            ).Run
        );
        Assert.Equal(Enumerable.Range(0, kept.Count), kept);
        Assert.InRange(kept.Count, 0, Clips - 1);

        using var keeping = new CancellationTokenSource();
        int last = -1;
        Assert.ThrowsAny<OperationCanceledException>(
            Work(
                _ => { },
                index =>
                {
                    last = index;
                    if (index == 50)
                    {
                        keeping.Cancel();
                    }
                },
                cancel: keeping.Token
            ).Run
        );
        Assert.InRange(last, 50, Clips - 1);
    }

    private static ClipWork<int> Work(Action<int> make, Action<int> keep, CancellationToken cancel = default) =>
        new("testing", Clips, Threads, null, cancel)
        {
            IsDone = _ => false,
            Make = index =>
            {
                make(index);
                return index;
            },
            Keep = (index, _) => keep(index),
        };
}
