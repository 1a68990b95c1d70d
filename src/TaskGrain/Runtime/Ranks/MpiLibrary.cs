using System.Runtime.InteropServices;

namespace TaskGrain.Runtime.Ranks;

/// <summary>
/// The few functions of Open MPI that are needed, from the library of the system, which is loaded when ranks are there
/// and not before. A binding of our own: the package MPI.NET has no operations that go on beside the computation.
/// </summary>
/// <remarks>
/// MPI's handles are pointers to variables of the library in Open MPI and numbers in MPICH and its kin, so that the one
/// cannot stand for the other.
/// </remarks>
internal sealed unsafe class MpiLibrary
{
    /// <summary>Environment variable naming another file of Open MPI's <c>libmpi</c>.</summary>
    public const string Variable = "TASKGRAIN_MPI";

    private const int Lazy = 1;
    private const int Global = 0x100;

    // Only the thread that begins MPI calls it.
    private const int Funnelled = 1;

    private static readonly string[] Names = ["libmpi.so.40", "libmpi.so.80", "libmpi.so"];

    private readonly nint _handle;
    private readonly delegate* unmanaged<int*, void*, int, int*, int> _initThread;
    private readonly delegate* unmanaged<void*, int*, int> _rank;
    private readonly delegate* unmanaged<void*, int*, int> _size;
    private readonly delegate* unmanaged<void*, void**, int> _duplicate;
    private readonly delegate* unmanaged<void*, void*, int, void*, void*, void*, void**, int> _allReduce;
    private readonly delegate* unmanaged<void**, int*, void*, int> _test;
    private readonly delegate* unmanaged<int> _finalize;
    private readonly void* _sum;

    private MpiLibrary(nint handle)
    {
        _handle = handle;
        _initThread = (delegate* unmanaged<int*, void*, int, int*, int>)Find("MPI_Init_thread");
        _rank = (delegate* unmanaged<void*, int*, int>)Find("MPI_Comm_rank");
        _size = (delegate* unmanaged<void*, int*, int>)Find("MPI_Comm_size");
        _duplicate = (delegate* unmanaged<void*, void**, int>)Find("MPI_Comm_dup");
        _allReduce = (delegate* unmanaged<void*, void*, int, void*, void*, void*, void**, int>)Find("MPI_Iallreduce");
        _test = (delegate* unmanaged<void**, int*, void*, int>)Find("MPI_Test");
        _finalize = (delegate* unmanaged<int>)Find("MPI_Finalize");
        World = Find("ompi_mpi_comm_world");
        Float = Find("ompi_mpi_float");
        Double = Find("ompi_mpi_double");
        _sum = Find("ompi_mpi_op_sum");
    }

    /// <summary>All ranks.</summary>
    public void* World { get; }

    /// <summary>The type of float32 numbers.</summary>
    public void* Float { get; }

    /// <summary>The type of float64 numbers.</summary>
    public void* Double { get; }

    /// <summary>Loads the library.</summary>
    /// <exception cref="TaskGrainException">It is missing, or of another MPI.</exception>
    public static MpiLibrary Load() => Load(Environment.GetEnvironmentVariable(Variable) is { } file ? [file] : Names);

    /// <summary>Loads the first library that is there.</summary>
    internal static MpiLibrary Load(IReadOnlyList<string> names)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new TaskGrainException("Several ranks are supported on Linux only.");
        }

        foreach (string name in names)
        {
            // For all to see: Open MPI's own plug-ins look for its functions among the process's.
            nint handle = dlopen(name, Lazy | Global);
            if (handle != 0)
            {
                return NativeLibrary.TryGetExport(handle, "ompi_mpi_comm_world", out _)
                    ? new MpiLibrary(handle)
                    : throw new TaskGrainException(
                        $"{name} is not Open MPI, the only MPI that is supported; install it (Debian and Ubuntu: "
                            + $"openmpi-bin), or name its libmpi in {Variable}."
                    );
            }
        }

        throw new TaskGrainException(
            $"Open MPI's library ({string.Join(", ", names)}) cannot be loaded; install it on every machine (Debian "
                + $"and Ubuntu: openmpi-bin), or name its libmpi in {Variable}."
        );
    }

    /// <summary>Begins MPI; the calling thread makes all later calls.</summary>
    public void Begin()
    {
        int provided;
        _ = _initThread(null, null, Funnelled, &provided);
    }

    /// <summary>A rank's number and the number of ranks.</summary>
    public (int Rank, int Size) Where()
    {
        int rank;
        int size;
        _ = _rank(World, &rank);
        _ = _size(World, &size);
        return (rank, size);
    }

    /// <summary>All ranks once more: operations on it and on others do not mix.</summary>
    public void* Duplicate()
    {
        void* other;
        _ = _duplicate(World, &other);
        return other;
    }

    /// <summary>Begins a sum over the ranks, in place.</summary>
    public void* BeginSum(void* numbers, int count, void* type, void* ranks)
    {
        void* inPlace = (void*)1;
        void* request;
        _ = _allReduce(inPlace, numbers, count, type, _sum, ranks, &request);
        return request;
    }

    /// <summary>Moves operations on and says whether one has ended.</summary>
    public bool HasEnded(ref void* request)
    {
        int flag;
        fixed (void** at = &request)
        {
            _ = _test(at, &flag, null);
        }

        return flag != 0;
    }

    /// <summary>Ends MPI; all ranks do.</summary>
    public void End() => _ = _finalize();

    private void* Find(string name) =>
        NativeLibrary.TryGetExport(_handle, name, out nint address)
            ? (void*)address
            : throw new TaskGrainException($"Open MPI's library has no {name}; version 4 is what is tested.");

    [DllImport("libdl.so.2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint dlopen([MarshalAs(UnmanagedType.LPUTF8Str)] string name, int flags);
}
