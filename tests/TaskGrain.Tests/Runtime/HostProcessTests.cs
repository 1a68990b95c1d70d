using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using TaskGrain.Models;
using TaskGrain.Tests.Transfer;

namespace TaskGrain.Tests.Runtime;

/// <summary>What the library does to a process it is a guest in, seen in processes of their own.</summary>
public sealed class HostProcessTests
{
    [Fact]
    public void Using_the_library_leaves_malloc_and_threads_as_the_host_has_them()
    {
        using var folder = new TemporaryFolder();
        string output = Run("touch", $"model={Model(folder)}", "torch", "report");

        Assert.Equal(
            """
            precision Auto
            features 24
            sum 6
            malloc keeps memory False
            spin not set
            wrappers 1
            libtorch 1

            """,
            output
        );
    }

    [Fact]
    public void Loading_an_assembly_runs_nothing()
    {
        Type[] inAssemblies =
        [
            typeof(VideoModel),
            typeof(TaskGrainException),
            typeof(TaskGrain.Synthesis.SyntheticSet),
            typeof(TaskGrain.Lab.Studies.StudyOptions),
        ];
        Assert.All(inAssemblies, type => Assert.False(HasInitialiser(type.Assembly)));
        Assert.True(HasInitialiser(typeof(HostProcessTests).Assembly)); // this one has, and is seen to have
    }

    [Fact]
    public void The_host_may_have_set_an_import_resolver_for_TorchSharp()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal("features 24\nsum 6\n", Run("resolver", $"model={Model(folder)}", "torch"));
        Assert.Equal("sum 6\nfeatures 24\n", Run("resolver", "configure", "torch", $"model={Model(folder)}"));
    }

    [Fact]
    public void The_host_may_set_an_import_resolver_after_the_library_was_used()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("features 24\nsum 6\n", Run($"model={Model(folder)}", "configure", "resolver", "torch"));
    }

    [Fact]
    public void A_libtorch_that_the_host_has_loaded_is_the_one_that_is_used()
    {
        using var folder = new TemporaryFolder();
        string[] loads = [.. LoadedLibtorch(folder).Select(file => $"load={file}")];

        string output = Run([.. loads, "torch", $"model={Model(folder)}", "configure", "torch", "report"]);

        Assert.Contains("features 24\nsum 6\n", output);
        Assert.Contains("wrappers 1\nlibtorch 1\n", output);
    }

    [Fact]
    public void Configuring_twice_does_what_configuring_once_does()
    {
        const string Configured = "malloc keeps memory True\nspin 1000\nwrappers 0\nlibtorch 0\n";

        Assert.Equal(Configured, Run("configure", "report"));
        Assert.Equal(Configured + "sum 6\n", Run("configure", "configure", "report", "torch"));
    }

    [Fact]
    public void The_environment_switches_the_tuning_off()
    {
        string output = Run(
            new Dictionary<string, string> { ["TASKGRAIN_MALLOC"] = "default", ["GOMP_SPINCOUNT"] = "77" },
            "configure",
            "report"
        );

        Assert.StartsWith("malloc keeps memory False\nspin 77\n", output);
    }

    [Fact]
    public void A_chosen_libtorch_that_is_not_there_is_named_wherever_it_is_first_needed()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["TASKGRAIN_LIBTORCH"] = folder.File("nowhere") };
        Assert.Equal("", Run(environment, "configure"));

        (int exitCode, _, string errors) = Start(environment, $"model={Model(folder)}");
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"TASKGRAIN_LIBTORCH is '{folder.File("nowhere")}'", errors);
    }

    /// <summary>A module's initialisers are compiled into the static constructor of its first type.</summary>
    private static unsafe bool HasInitialiser(Assembly assembly)
    {
        Assert.True(assembly.TryGetRawMetadata(out byte* metadata, out int length));
        var reader = new MetadataReader(metadata, length);
        TypeDefinition module = reader.GetTypeDefinition(reader.TypeDefinitions.First());
        return module.GetMethods().Any(method => reader.GetString(reader.GetMethodDefinition(method).Name) == ".cctor");
    }

    private static string Model(TemporaryFolder folder)
    {
        string path = folder.File("model.safetensors");
        using VideoModel model = TinyModels.Create();
        ModelFile.Save(path, model);
        return path;
    }

    /// <summary>
    /// The files of libtorch in this process, in the order of their needs, with the wrapper under another folder.
    /// </summary>
    private static IEnumerable<string> LoadedLibtorch(TemporaryFolder folder)
    {
        using Process self = Process.GetCurrentProcess();
        string[] files = [.. self.Modules.Cast<ProcessModule>().Select(module => module.FileName)];
        foreach (string name in new[] { "libgomp", "libc10.so", "libtorch_cpu.so", "libtorch.so" })
        {
            yield return files.First(file => Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal));
        }

        string copy = folder.File("libLibTorchSharp.so");
        File.Copy(
            files.First(file => Path.GetFileName(file).StartsWith("libLibTorchSharp", StringComparison.Ordinal)),
            copy
        );
        yield return copy;
    }

    private static string Run(params string[] steps) => Run([], steps);

    private static string Run(Dictionary<string, string> environment, params string[] steps)
    {
        (int exitCode, string output, string errors) = Start(environment, steps);
        Assert.True(exitCode == 0, errors);
        return output;
    }

    private static (int ExitCode, string Output, string Errors) Start(
        Dictionary<string, string> environment,
        params string[] steps
    )
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "malloc's and the loader's settings are Linux's");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string name in new[] { "TASKGRAIN_MALLOC", "TASKGRAIN_LIBTORCH", "GOMP_SPINCOUNT", "OMP_WAIT_POLICY" })
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "HostProgram.dll"));
        foreach (string step in steps)
        {
            start.ArgumentList.Add(step);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
