using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TaskGrain.Runtime;

namespace TaskGrain.Tests;

/// <summary>
/// The tests run as the command line does. Many of them touch TorchSharp before anything of TaskGrain: the libraries
/// are loaded here, and one that is missing is named once and not by every test.
/// </summary>
internal static class LoadNativeLibraries
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The test runner has no earlier hook.")]
    internal static void Load()
    {
        TaskGrainRuntime.Configure();
        NativeLibraries.EnsureLoaded();
    }
}
