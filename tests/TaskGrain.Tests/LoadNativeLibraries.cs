using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TaskGrain.Runtime;

namespace TaskGrain.Tests;

/// <summary>A test may touch TorchSharp before anything of TaskGrain, whose initialiser makes libtorch load.</summary>
internal static class LoadNativeLibraries
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The test runner has no earlier hook.")]
    internal static void Load() => NativeLibraries.EnsureLoaded();
}
