using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain doctor</c>: looks the machine over before anyone waits for it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<DirectoryInfo> folder = Options.Out;
        folder.Description = "The folder whose disk will hold stores and runs; the present one by default.";
        var command = new Command(
            "doctor",
            """
            Look the machine over: libraries, device, precision, threads, disk.

            Example: taskgrain doctor
            """
        )
        {
            folder,
        };
        return command.Runs(
            (parsed, output, _) =>
                Print(
                    output,
                    [
                        .. MachineExamination.Examine(
                            parsed.GetValue(folder)?.FullName ?? Environment.CurrentDirectory
                        ),
                        .. FfmpegExamination.Examine(),
                    ]
                )
        );
    }

    private static int Print(CommandOutput output, IReadOnlyList<Finding> findings)
    {
        if (output.Json)
        {
            output.Print(findings);
        }
        else
        {
            foreach (Finding finding in findings)
            {
                output.Line($"{Mark(finding.Level),-7} {finding.Subject,-17} {finding.Found}");
                if (finding.Advice is not null)
                {
                    output.Line($"{"",-25} -> {finding.Advice}");
                }
            }
        }

        return findings.Any(finding => finding.Level == FindingLevel.Fault) ? 1 : 0;
    }

    private static string Mark(FindingLevel level) =>
        level switch
        {
            FindingLevel.Good => "good",
            FindingLevel.Warning => "warning",
            _ => "FAULT",
        };
}
