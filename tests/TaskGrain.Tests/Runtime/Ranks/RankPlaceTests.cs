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

    [Theory]
    [InlineData("4(x2),3", "0", "3", 4)]
    [InlineData("4(x2),3", "2", "2", 3)]
    [InlineData("11", "0", "0", 11)]
    [InlineData("1,2(x2),6", "3", "5", 6)]
    public void What_srun_says_is_read(string tasksPerNode, string node, string local, int tasksHere)
    {
        RankPlace place = RankPlace.Of(Slurm("9", "11", local, tasksPerNode, node))!;

        Assert.Equal(new RankPlace(9, 11, int.Parse(local), tasksHere, IsBound: true), place);
    }

    [Theory]
    [InlineData("11", "0", "4(x2),3", "0")]
    [InlineData("0", "0", "4(x2),3", "3")]
    [InlineData("0", "0", "many", "0")]
    [InlineData("0", "4", "4(x2),3", "0")]
    public void What_srun_cannot_say_is_refused(string rank, string local, string tasksPerNode, string node) =>
        Assert.Contains(
            "SLURM_STEP_NUM_TASKS=11, SLURM_PROCID=",
            Assert.Throws<TaskGrainException>(() => RankPlace.Of(Slurm(rank, "11", local, tasksPerNode, node))).Message,
            StringComparison.Ordinal
        );

    /// <summary>
    /// The process that mpirun starts on another machine through srun has the variables of both; a task that was
    /// started without PMIx, or as the only one, is a program for itself.
    /// </summary>
    [Fact]
    public void Under_slurm_mpirun_s_word_counts_and_tasks_that_are_no_ranks_are_alone()
    {
        Func<string, string?> step = Slurm("1", "2", "0", "1(x2)", "1");
        Func<string, string?> mpirun = OpenMpi("6", "8", "2", "4");
        Assert.Equal(new RankPlace(6, 8, 2, 4, IsBound: false), RankPlace.Of(name => mpirun(name) ?? step(name)));
        Assert.Null(RankPlace.Of(name => name == "PMIX_RANK" ? null : step(name)));
        Assert.Null(RankPlace.Of(Slurm("0", "1", "0", "1", "0")));
    }

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

    private static Func<string, string?> Slurm(
        string rank,
        string size,
        string localRank,
        string tasksPerNode,
        string node
    ) =>
        Variables(
            ("PMIX_RANK", rank),
            ("SLURM_PROCID", rank),
            ("SLURM_STEP_NUM_TASKS", size),
            ("SLURM_LOCALID", localRank),
            ("SLURM_STEP_TASKS_PER_NODE", tasksPerNode),
            ("SLURM_NODEID", node),
            ("SLURM_CPU_BIND_TYPE", "mask_cpu:")
        );

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal).GetValueOrDefault;
}
