namespace TaskGrain.Runtime;

/// <summary>
/// Which ways of computing the same numbers may be chosen. Everything by default; the setting is there to measure what
/// they are worth and to tell them apart where results are doubted.
/// </summary>
internal static class KernelChoice
{
    /// <summary>Environment variable; <c>plain</c> computes every convolution as it is written down.</summary>
    public const string Variable = "TASKGRAIN_KERNELS";

    /// <summary>Whether small maps may be convolved with time as the innermost dimension.</summary>
    public static bool AllowsLongRows { get; } = Environment.GetEnvironmentVariable(Variable) != "plain";

    /// <summary>Whether clips may be padded in memory.</summary>
    public static bool AllowsTimePadding => AllowsLongRows;
}
