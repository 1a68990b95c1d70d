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
