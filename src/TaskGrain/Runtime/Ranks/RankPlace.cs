using System.Globalization;

namespace TaskGrain.Runtime.Ranks;

/// <summary>Where a rank stands among the processes that were started together.</summary>
/// <param name="Rank">Its number, from 0. Rank 0 writes files and tells of the work.</param>
/// <param name="Size">How many there are.</param>
/// <param name="LocalRank">Its number among those on the same machine.</param>
/// <param name="LocalSize">How many there are on the same machine.</param>
/// <param name="IsBound">Whether its processors were chosen for it when it was started.</param>
internal sealed record RankPlace(int Rank, int Size, int LocalRank, int LocalSize, bool IsBound)
{
    private const string Prefix = "OMPI_COMM_WORLD_";

    private static readonly string[] OpenMpi = ["SIZE", "RANK", "LOCAL_RANK", "LOCAL_SIZE"];

    /// <summary>Sizes that other MPIs' launchers tell their processes.</summary>
    private static readonly string[] OtherSizes = ["PMI_SIZE", "MPI_LOCALNRANKS", "MV2_COMM_WORLD_SIZE"];

    /// <summary>
    /// Threads that leave the machine's other ranks their share: those of the processors it is bound to, at most its
    /// part of the machine's.
    /// </summary>
    public int Threads
    {
        get
        {
            int own = Environment.ProcessorCount;
            int all = IsBound ? ProcessorsOfMachine(own) : own;
            return Math.Clamp(all / LocalSize, 1, own);
        }
    }

    /// <summary>Whether it is the one that writes files and tells of the work.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Reads what <c>mpirun</c> of Open MPI, or Slurm's <c>srun</c>, tells the processes it starts.</summary>
    /// <param name="variable">The value of a variable of the environment; null where there is none.</param>
    /// <returns>The place; null for a process that was started alone.</returns>
    /// <exception cref="TaskGrainException">It was started by another MPI, or the variables contradict.</exception>
    public static RankPlace? Of(Func<string, string?> variable)
    {
        // Open MPI first: under Slurm its processes have the variables of the step that started them too.
        if (variable(Prefix + "SIZE") is not { } size)
        {
            return SlurmStep.Of(variable)?.Checked(variable, SlurmStep.Variables) ?? NoneOf(variable);
        }

        int? count = Number(size);
        if (count == 1)
        {
            return null;
        }

        string[] names = [.. OpenMpi.Select(name => Prefix + name)];
        return new RankPlace(
            Number(variable(names[1])) ?? -1,
            count ?? -1,
            Number(variable(names[2])) ?? -1,
            Number(variable(names[3])) ?? -1,
            variable("OMPI_MCA_orte_bound_at_launch") == "1"
        ).Checked(variable, names);
    }

    /// <summary>No place, unless another MPI has given one.</summary>
    private static RankPlace? NoneOf(Func<string, string?> variable) =>
        OtherSizes.FirstOrDefault(name => variable(name) is { } text && Number(text) > 1) is { } other
            ? throw new TaskGrainException(
                $"The process was started by an MPI ({other} is {variable(other)}) that is not Open MPI, the only one "
                    + "that is supported; start it with Open MPI's mpirun (Debian and Ubuntu: openmpi-bin), or with "
                    + "Slurm's srun through PMIx."
            )
            : null;

    /// <summary>Refuses numbers that cannot be.</summary>
    private RankPlace Checked(Func<string, string?> variable, IReadOnlyList<string> names) =>
        Rank >= 0 && Rank < Size && LocalRank >= 0 && LocalRank < LocalSize && LocalSize <= Size
            ? this
            : throw new TaskGrainException(
                $"{string.Join(", ", names.Select(name => $"{name}={variable(name)}"))}, which cannot be; they are "
                    + "set by what starts the ranks, mpirun or srun."
            );

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Processors of the machine, whichever of them this process may use.</summary>
    private static int ProcessorsOfMachine(int otherwise)
    {
        try
        {
            // Such as 0-63 or 0-15,32-47.
            return File.ReadAllText("/sys/devices/system/cpu/online")
                .Trim()
                .Split(',')
                .Select(range => range.Split('-'))
                .Sum(ends => Number(ends[^1])!.Value - Number(ends[0])!.Value + 1);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return otherwise;
        }
    }
}
