using System.CommandLine;
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
        Option<bool> json = Options.Json;
        var command = new Command(
            "doctor",
            """
            Look the machine over: libraries, device, precision, threads, disk.

            Example: taskgrain doctor
            """
        )
        {
            folder,
            json,
        };
        command.SetAction(parsed =>
            Print(
                [
                    .. MachineExamination.Examine(parsed.GetValue(folder)?.FullName ?? Environment.CurrentDirectory),
                    .. FfmpegExamination.Examine(),
                ],
                parsed.GetValue(json)
            )
        );
        return command;
    }

    private static int Print(IReadOnlyList<Finding> findings, bool json)
    {
        if (json)
        {
            JsonOutput.Print(findings);
        }
        else
        {
            foreach (Finding finding in findings)
            {
                Console.WriteLine($"{Mark(finding.Level),-7} {finding.Subject,-17} {finding.Found}");
                if (finding.Advice is not null)
                {
                    Console.WriteLine($"{"",-25} -> {finding.Advice}");
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
