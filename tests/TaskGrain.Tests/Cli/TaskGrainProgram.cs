using System.Diagnostics;

namespace TaskGrain.Tests.Cli;

/// <summary>The program as its users run it: a process of its own.</summary>
internal static class TaskGrainProgram
{
    /// <summary>Runs a command line.</summary>
    public static (int ExitCode, string Output, string Errors) Run(params string[] arguments) =>
        RunWith([], arguments);

    /// <summary>Runs a command line with variables of the environment of its own.</summary>
    public static (int ExitCode, string Output, string Errors) RunWith(
        Dictionary<string, string> environment,
        params string[] arguments
    )
    {
        using Process process = Start(environment, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    /// <summary>
    /// Runs a command line whose process cannot make a file longer than so many KiB: a write beyond that fails as on a
    /// full disk, in the middle of a record as well.
    /// </summary>
    public static (int ExitCode, string Errors) RunOnFullDisk(int kibibytes, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit is set by the shell");
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };

        // The runtime's own memory files are longer.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        foreach (
            string word in (string[])
                [
                    "-c",
                    $"trap '' XFSZ; ulimit -f {kibibytes}; exec dotnet \"$0\" \"$@\"",
                    Path.Combine(AppContext.BaseDirectory, "TaskGrain.Cli.dll"),
                    .. arguments,
                ]
        )
        {
            start.ArgumentList.Add(word);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.Result;
        return (process.ExitCode, errors);
    }

    /// <summary>Starts a command line whose output is little: nobody reads it while it runs.</summary>
    public static Process Start(params string[] arguments) => Start([], arguments);

    private static Process Start(Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "TaskGrain.Cli.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
