using System.Diagnostics;

namespace TaskGrain.Tests.Cli;

/// <summary>The program as tools/publish-portable.sh packs it: without ONNX Runtime's library.</summary>
public sealed class PortableProgramTests
{
    [Fact]
    public void Without_the_library_of_ONNX_Runtime_the_program_runs_and_an_ONNX_file_is_refused_with_the_reason()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the package is one for Linux");
        using var folder = new TemporaryFolder();
        string program = folder.File("program");
        LinkAllButOnnx(AppContext.BaseDirectory, program);
        File.WriteAllText(folder.File("network.onnx"), "not looked at");

        (int works, string categories, string trouble) = Run(program, "synth", "categories");
        Assert.True(works == 0, trouble);
        Assert.Equal(174, categories.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        string[] extract =
        [
            "extract",
            "--model",
            folder.File("network.onnx"),
            "--store",
            TestData.File("formats-1/store"),
            "--out",
            folder.File("features"),
        ];
        (int exit, _, string errors) = Run(program, extract);
        Assert.Equal(1, exit);
        Assert.Contains("network.onnx needs ONNX Runtime, whose library", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of the program", errors, StringComparison.Ordinal);
    }

    /// <summary>A folder with links to all files of another; what .NET looks beside is copied.</summary>
    private static void LinkAllButOnnx(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string entry in Directory.GetFileSystemEntries(from))
        {
            string name = Path.GetFileName(entry);
            string target = Path.Combine(to, name);
            if (name is "runtimes" or "native" || Path.GetFileName(Path.GetDirectoryName(entry)) == "runtimes")
            {
                LinkAllButOnnx(entry, target);
            }
            else if (name.StartsWith("TaskGrain.Cli.", StringComparison.Ordinal))
            {
                File.Copy(entry, target);
            }
            else if (!name.Contains("onnxruntime", StringComparison.Ordinal))
            {
                File.CreateSymbolicLink(target, entry);
            }
        }
    }

    private static (int ExitCode, string Output, string Errors) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(program, "TaskGrain.Cli.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
