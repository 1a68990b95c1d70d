using System.Globalization;

namespace TaskGrain.Fuzz;

/// <summary>
/// <c>TaskGrain.Fuzz TARGET FOLDER SEED FIRST ROUNDS [SECONDS]</c>: mutated inputs for as long as one likes. The exit
/// code is 0 when nothing was found, 1 when something was, 2 for wrong arguments.
/// </summary>
internal static class Program
{
    /// <summary>Every door, by name.</summary>
    public static IReadOnlyList<IFuzzTarget> Targets =>
        [
            new VideoTarget(),
            new FramesTarget(),
            new AnnotationsTarget(),
            new CaptionsTarget(),
            new StoreTarget(),
            new ModelTarget(),
            new WeightsTarget(),
        ];

    public static int Main(string[] arguments)
    {
        IFuzzTarget? target = arguments.Length > 0 ? Targets.FirstOrDefault(door => door.Name == arguments[0]) : null;
        if (
            target is null
            || arguments.Length is < 5 or > 6
            || !ulong.TryParse(arguments[2], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            || !int.TryParse(arguments[3], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            || !int.TryParse(arguments[4], NumberStyles.None, CultureInfo.InvariantCulture, out int rounds)
        )
        {
            Console.Error.WriteLine(
                "TaskGrain.Fuzz TARGET FOLDER SEED FIRST ROUNDS [SECONDS]; targets: "
                    + string.Join(", ", Targets.Select(door => door.Name))
            );
            return 2;
        }

        TimeSpan limit =
            arguments.Length == 6
                ? TimeSpan.FromSeconds(double.Parse(arguments[5], CultureInfo.InvariantCulture))
                : TimeSpan.MaxValue;
        FuzzReport report = new FuzzRun(target, Path.GetFullPath(arguments[1]), seed).Run(first, rounds, limit);
        foreach (string finding in report.Findings)
        {
            Console.WriteLine(finding);
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{target.Name}: {report.Rounds} inputs, {report.Refused} refused by name, slowest "
                    + $"{report.Slowest:0.00} s, peak {Environment.WorkingSet >> 20} MiB, "
                    + $"{report.Findings.Count} findings"
            )
        );
        return report.Findings.Count == 0 ? 0 : 1;
    }
}
