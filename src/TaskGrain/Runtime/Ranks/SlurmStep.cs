using System.Globalization;

namespace TaskGrain.Runtime.Ranks;

/// <summary>
/// What Slurm's <c>srun --mpi=pmix</c> tells the tasks of a step. Tasks that were started without PMIx know nothing of
/// each other and are no ranks: so many programs, each for itself.
/// </summary>
internal static class SlurmStep
{
    private const string Size = "SLURM_STEP_NUM_TASKS";
    private const string Rank = "SLURM_PROCID";
    private const string LocalRank = "SLURM_LOCALID";
    private const string TasksPerNode = "SLURM_STEP_TASKS_PER_NODE";
    private const string Node = "SLURM_NODEID";
    private const string Binding = "SLURM_CPU_BIND_TYPE";

    /// <summary>Names of the variables that make up a place.</summary>
    public static IReadOnlyList<string> Variables { get; } = [Size, Rank, LocalRank, TasksPerNode, Node];

    /// <summary>Reads a place, which may be one that cannot be.</summary>
    /// <param name="variable">The value of a variable of the environment; null where there is none.</param>
    /// <returns>The place; null for a process that was not started as one of several ranks.</returns>
    public static RankPlace? Of(Func<string, string?> variable) =>
        variable("PMIX_RANK") is not null && Number(variable(Size)) is { } size && size > 1
            ? new RankPlace(
                Number(variable(Rank)) ?? -1,
                size,
                Number(variable(LocalRank)) ?? -1,
                TasksOn(Number(variable(Node)) ?? -1, variable(TasksPerNode) ?? "") ?? -1,
                variable(Binding) is { Length: > 0 } binding && binding != "none"
            )
            : null;

    /// <summary>
    /// Tasks of a node, from a list such as <c>4(x2),3</c>: four on each of two nodes, three on the third.
    /// </summary>
    private static int? TasksOn(int node, string list)
    {
        foreach (string part in list.Split(','))
        {
            string[] words = part.TrimEnd(')').Split("(x");
            int nodes = words.Length == 1 ? 1 : Number(words[1]) ?? 0;
            if (node >= 0 && node < nodes)
            {
                return Number(words[0]);
            }

            node -= nodes;
        }

        return null;
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
