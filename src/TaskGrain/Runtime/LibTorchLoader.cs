using System.Diagnostics;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Runtime;

/// <summary>
/// Finds libtorch, loads its libraries in the order of their needs, then TorchSharp's wrapper over them.
/// </summary>
internal static class LibTorchLoader
{
    private const string MissingVersion = "GLIBCXX_3.4.32";
    private const string WrapperName = "libLibTorchSharp.so";
    private const string CopyPrefix = "libLibTorchSharp-";

    /// <summary>
    /// In the order of their needs, so that each finds the ones before it already loaded. The first pattern is
    /// OpenMP under the name that PyTorch builds give it; those marked optional exist in GPU builds only.
    /// </summary>
    private static readonly (string Pattern, bool Optional)[] Libraries =
    [
        ("libgomp*.so*", true),
        ("libc10.so", false),
        ("libtorch_cpu.so", false),
        ("libc10_cuda.so", true),
        ("libtorch_cuda.so", true),
        ("libtorch.so", false),
    ];

    /// <summary>Linux always; elsewhere TorchSharp's own loader does all that is needed.</summary>
    public static bool IsNeeded => OperatingSystem.IsLinux();

    /// <summary>Whether the user has chosen another libtorch than the packaged one.</summary>
    public static bool IsChosen =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NativeLibraries.LibTorchVariable));

    /// <summary>Loads what is not loaded yet.</summary>
    /// <returns>The wrapper library's handle.</returns>
    /// <exception cref="TaskGrainException">A library is missing or refuses to load.</exception>
    public static nint Load()
    {
        // A second copy of libtorch in one process ends badly: what another component has loaded is taken as it is.
        Dictionary<string, string> loaded = LoadedLibraries();
        if (loaded.FirstOrDefault(library => IsWrapper(library.Key)).Value is { } there)
        {
            return LoadOne(there);
        }

        string folder = FindFolder();
        foreach ((string pattern, bool optional) in Libraries)
        {
            string[] files = Directory.GetFiles(folder, pattern);
            if (files.Length == 0 && !optional)
            {
                throw new TaskGrainException($"{pattern} is missing from {folder}; {Advice()}");
            }

            foreach (string file in files.Order(StringComparer.Ordinal))
            {
                LoadOne(loaded.GetValueOrDefault(Path.GetFileName(file), file));
            }
        }

        return LoadWrapper();
    }

    /// <summary>The folder that holds libtorch.</summary>
    /// <exception cref="TaskGrainException">There is none.</exception>
    public static string FindFolder()
    {
        if (!IsChosen)
        {
            return FolderOf("libtorch_cpu.so");
        }

        string chosen = Environment.GetEnvironmentVariable(NativeLibraries.LibTorchVariable)!;
        if (!File.Exists(Path.Combine(chosen, "libtorch_cpu.so")))
        {
            throw new TaskGrainException(
                $"{NativeLibraries.LibTorchVariable} is '{chosen}', which holds no libtorch_cpu.so; "
                    + "name the folder with libtorch's libraries, such as .../site-packages/torch/lib, or unset it."
            );
        }

        return Path.GetFullPath(chosen);
    }

    /// <summary>Full paths of the libraries in this process by their file names.</summary>
    private static Dictionary<string, string> LoadedLibraries()
    {
        using Process self = Process.GetCurrentProcess();
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ProcessModule module in self.Modules)
        {
            paths.TryAdd(Path.GetFileName(module.FileName), module.FileName);
        }

        return paths;
    }

    /// <summary>The wrapper under its own name or that of an adapted copy.</summary>
    private static bool IsWrapper(string name) =>
        name == WrapperName || name.StartsWith(CopyPrefix, StringComparison.Ordinal);

    private static nint LoadWrapper()
    {
        string wrapper = Path.Combine(FolderOf(WrapperName), WrapperName);
        try
        {
            return NativeLibrary.Load(wrapper);
        }
        catch (DllNotFoundException refusal) when (refusal.Message.Contains(MissingVersion, StringComparison.Ordinal))
        {
            return LoadOne(RelaxedCopy(wrapper));
        }
        catch (DllNotFoundException refusal)
        {
            throw CannotLoad(wrapper, refusal);
        }
    }

    private static nint LoadOne(string file)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception refusal) when (refusal is DllNotFoundException or BadImageFormatException)
        {
            throw CannotLoad(file, refusal);
        }
    }

    private static TaskGrainException CannotLoad(string file, Exception refusal)
    {
        // The runtime's message lists what it tried, a line each; the loader's own reason is the first of them.
        string reason =
            refusal
                .Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .FirstOrDefault(line => line.Contains(": ", StringComparison.Ordinal))
            ?? refusal.Message;
        return new TaskGrainException(
            $"{Path.GetFileName(file)} cannot be loaded from {Path.GetDirectoryName(file)}: {reason.TrimEnd('.')}; "
                + $"{Advice()}",
            refusal
        );
    }

    private static string Advice() =>
        IsChosen
            ? $"{NativeLibraries.LibTorchVariable} must name a libtorch of the version TorchSharp was built for "
                + "(2.10); unset it to use the packaged one."
            : "build the project again (dotnet build) so that the TorchSharp-cpu package is restored whole.";

    /// <summary>
    /// A copy of the wrapper that does not insist on the missing version: beside the program, or in the user's
    /// cache folder where that is read-only. Its name holds the original's hash, so a new wrapper gets a new copy.
    /// </summary>
    private static string RelaxedCopy(string wrapper)
    {
        byte[] image = File.ReadAllBytes(wrapper);
        string name = $"{CopyPrefix}{XxHash64.HashToUInt64(image):x16}.so";
        ElfVersionRequirement.MakeWeak(image, MissingVersion);
        string cache = Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify
            ),
            "taskgrain"
        );
        Exception? refused = null;
        foreach (
            string folder in new[] { AppContext.BaseDirectory, cache, Path.Combine(Path.GetTempPath(), "taskgrain") }
        )
        {
            string copy = Path.Combine(folder, name);
            if (File.Exists(copy) && new FileInfo(copy).Length == image.Length)
            {
                return copy;
            }

            try
            {
                AtomicFile.Write(copy, stream => stream.Write(image));
                return copy;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                refused = fault;
            }
        }

        throw new TaskGrainException(
            $"{WrapperName} needs {MissingVersion}, which this system's libstdc++ lacks, and no adapted copy "
                + $"can be written to {AppContext.BaseDirectory} or {cache}: {refused!.Message} Make one of them "
                + "writable.",
            refused
        );
    }

    private static string FolderOf(string library)
    {
        string search = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string packaged = Path.Combine(
            AppContext.BaseDirectory,
            "runtimes",
            RuntimeInformation.RuntimeIdentifier,
            "native"
        );
        return search
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Append(AppContext.BaseDirectory)
                .Append(packaged)
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, library)))
            ?? throw new TaskGrainException($"{library} is neither beside the program nor in {packaged}; {Advice()}");
    }
}
