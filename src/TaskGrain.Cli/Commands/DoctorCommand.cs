using System.CommandLine;

namespace TaskGrain.Cli.Commands;

internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Look the machine over: libraries, device, precision, threads, disk.");
        command.SetAction((parsed, cancel) => Task.FromResult(0));
        return command;
    }
}
