using TaskGrain.Runtime.Ranks;

namespace TaskGrain.Tests.Runtime.Ranks;

public sealed class RankPlaceTests
{
    [Fact]
    public void A_process_started_alone_or_as_the_only_rank_has_no_place()
    {
        Assert.Null(RankPlace.Of(_ => null));
        Assert.Null(RankPlace.Of(Variables(("OMPI_COMM_WORLD_SIZE", "1"), ("OMPI_COMM_WORLD_RANK", "0"))));
        Assert.Null(RankPlace.Of(Variables(("PMI_SIZE", "1"))));
    }

    [Fact]
    public void What_mpirun_says_is_read()
    {
        RankPlace place = RankPlace.Of(OpenMpi("5", "8", "1", "4"))!;

        Assert.Equal(new RankPlace(5, 8, 1, 4, IsBound: false), place);
        Assert.False(place.IsFirst);
        Assert.Equal(Math.Max(1, Environment.ProcessorCount / 4), place.Threads);
    }

    [Theory]
    [InlineData("8", "8", "0", "1")]
    [InlineData("-1", "8", "0", "1")]
    [InlineData("0", "8", "1", "1")]
    [InlineData("0", "2", "0", "3")]
    [InlineData("0", "many", "0", "1")]
    public void Numbers_that_cannot_be_are_refused(string rank, string size, string localRank, string localSize) =>
        Assert.Contains(
            "which cannot be",
            Assert.Throws<TaskGrainException>(() => RankPlace.Of(OpenMpi(rank, size, localRank, localSize))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Another_mpi_is_named_and_refused() =>
        Assert.Contains(
            "PMI_SIZE is 4",
            Assert.Throws<TaskGrainException>(() => RankPlace.Of(Variables(("PMI_SIZE", "4")))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_library_that_is_missing_or_no_open_mpi_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ranks are supported on Linux");
        Assert.Contains(
            "openmpi-bin",
            Assert.Throws<TaskGrainException>(() => MpiLibrary.Load(["libnosuchmpi.so.1"])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "libc.so.6 is not Open MPI",
            Assert.Throws<TaskGrainException>(() => MpiLibrary.Load(["libnosuchmpi.so.1", "libc.so.6"])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Ranks_that_hold_different_things_are_told_apart()
    {
        ThreadRanks.Run(3, ranks => ranks.Agree("thing", "the same"u8));
        var fault = Assert.Throws<TaskGrainException>(() =>
            ThreadRanks.Run(3, ranks => ranks.Agree("thing", ranks.Place.Rank == 2 ? "other"u8 : "the same"u8))
        );
        Assert.Contains("of 3 has another thing than the others", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_rank_0_answers_is_known_to_all() =>
        ThreadRanks.Run(
            2,
            ranks =>
            {
                Assert.True(ranks.AsFirst(ranks.Place.IsFirst));
                Assert.False(ranks.AsFirst(!ranks.Place.IsFirst));
            }
        );

    private static Func<string, string?> OpenMpi(string rank, string size, string localRank, string localSize) =>
        Variables(
            ("OMPI_COMM_WORLD_RANK", rank),
            ("OMPI_COMM_WORLD_SIZE", size),
            ("OMPI_COMM_WORLD_LOCAL_RANK", localRank),
            ("OMPI_COMM_WORLD_LOCAL_SIZE", localSize)
        );

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal).GetValueOrDefault;
}
