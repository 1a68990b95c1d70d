using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace TaskGrain.Runtime;

/// <summary>
/// Loads libtorch and TorchSharp's wrapper library before TorchSharp looks for them, so that they load on systems
/// older than the wrapper was built for (<see cref="ElfVersionRequirement"/>) and so that another libtorch can be
/// chosen with <c>TASKGRAIN_LIBTORCH</c>.
/// </summary>
/// <remarks>
/// Nothing needs to be called: the assembly's initialiser registers the hooks, and the first use of a tensor loads
/// the libraries. <see cref="EnsureLoaded"/> does it at a chosen moment, with one clear message when it fails.
/// Only Linux needs this; elsewhere TorchSharp's own loader finds everything, unless another libtorch is asked for.
/// </remarks>
public static class NativeLibraries
{
    /// <summary>
    /// Environment variable naming the folder of another libtorch, such as the <c>lib</c> folder of a PyTorch install.
    /// </summary>
    public const string LibTorchVariable = "TASKGRAIN_LIBTORCH";

    private const string Wrapper = "LibTorchSharp";

    private static readonly Lazy<nint> WrapperHandle = new(
        LibTorchLoader.Load,
        LazyThreadSafetyMode.ExecutionAndPublication
    );

    /// <summary>Loads libtorch and the wrapper library unless they are loaded.</summary>
    /// <exception cref="TaskGrainException">
    /// A library cannot be loaded; the message says which, why and what to do.
    /// </exception>
    public static void EnsureLoaded()
    {
        if (!LibTorchLoader.IsNeeded)
        {
            return;
        }

        _ = WrapperHandle.Value;
    }

    /// <summary>
    /// The folder libtorch is loaded from: the one chosen by the user, or the one of the TorchSharp package.
    /// </summary>
    /// <returns>The folder; null when it is left to TorchSharp.</returns>
    public static string? LibTorchFolder() => LibTorchLoader.IsNeeded ? LibTorchLoader.FindFolder() : null;

    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "A library user must not have to know that a loader hook exists."
    )]
    internal static void Register()
    {
        if (!LibTorchLoader.IsNeeded)
        {
            return;
        }

        // Asked by TorchSharp's loader (NativeLibrary.TryLoad by name) when the ordinary search fails.
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => IsWrapper(name) ? WrapperHandle.Value : 0;

        // Asked first for every P/Invoke of TorchSharp, before any search.
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, Resolve);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        IsWrapper(name) ? WrapperHandle.Value : 0;

    private static bool IsWrapper(string name) => Path.GetFileNameWithoutExtension(name) is Wrapper or "lib" + Wrapper;
}
