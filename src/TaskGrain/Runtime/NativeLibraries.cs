using System.Reflection;
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
/// Nothing needs to be called: whatever of this library makes the first tensor calls <see cref="EnsureLoaded"/>. A
/// program that calls TorchSharp itself before that calls <see cref="TaskGrainRuntime.Configure"/> or
/// <see cref="EnsureLoaded"/> first, if it is to run on such systems. A libtorch that something else has loaded is
/// used as it is. Only Linux needs all this; elsewhere TorchSharp's own loader finds everything.
/// </remarks>
internal static class NativeLibraries
{
    /// <summary>
    /// Environment variable naming the folder of another libtorch, such as the <c>lib</c> folder of a PyTorch install.
    /// </summary>
    public const string LibTorchVariable = "TASKGRAIN_LIBTORCH";

    private const string Wrapper = "LibTorchSharp";

    // Both belong to the process, as what they guard does: the system's loader has one copy of a library, and an
    // assembly one import resolver.
    private static readonly Lazy<nint> WrapperHandle = new(LibTorchLoader.Load);
    private static readonly Lazy<bool> Hooks = new(Register);

    /// <summary>Loads libtorch and the wrapper library unless they are loaded.</summary>
    /// <exception cref="TaskGrainException">
    /// A library cannot be loaded; the message says which, why and what to do.
    /// </exception>
    public static void EnsureLoaded()
    {
        if (LibTorchLoader.IsNeeded)
        {
            _ = WrapperHandle.Value;
        }
    }

    /// <summary>
    /// The folder libtorch is loaded from: the one chosen by the user, or the one of the TorchSharp package.
    /// </summary>
    /// <returns>The folder; null when it is left to TorchSharp.</returns>
    public static string? LibTorchFolder() => LibTorchLoader.IsNeeded ? LibTorchLoader.FindFolder() : null;

    /// <summary>Loads the libraries before a module's base class makes its native half.</summary>
    /// <param name="module">The module's name.</param>
    /// <returns>The name.</returns>
    internal static string LoadedFor(string module)
    {
        EnsureLoaded();
        return module;
    }

    /// <summary>
    /// Makes TorchSharp find what this class loads, also when it is the first to look for it. Once more changes
    /// nothing.
    /// </summary>
    internal static void AdaptTorchSharp()
    {
        if (LibTorchLoader.IsNeeded && !Hooks.Value)
        {
            // Somebody else decides where TorchSharp's imports come from; a library that is there already is found.
            EnsureLoaded();
        }
    }

    /// <returns>False when another import resolver stands where ours is needed.</returns>
    private static bool Register()
    {
        // Asked when the ordinary search fails: TorchSharp's own, and that for its imports.
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!;
        context.ResolvingUnmanagedDll += (_, name) => IsWrapper(name) ? WrapperHandle.Value : 0;
        if (!LibTorchLoader.IsChosen)
        {
            return true;
        }

        try
        {
            // Asked before any search, which would find the packaged libtorch instead of the chosen one.
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, Resolve);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        IsWrapper(name) ? WrapperHandle.Value : 0;

    private static bool IsWrapper(string name) => Path.GetFileNameWithoutExtension(name) is Wrapper or "lib" + Wrapper;
}
