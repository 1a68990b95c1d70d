using System.Runtime.InteropServices;

namespace TaskGrain;

/// <summary>
/// Tells files from pipes, sockets and devices, whose reading may never end: a pipe nobody writes to, <c>/dev/zero</c>.
/// </summary>
internal static partial class RegularFile
{
    // Of statx(2): how to look, what is asked, and where the answer's mode lies.
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int AnswerBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>Refuses what exists and is neither a regular file nor a folder; links are followed.</summary>
    /// <param name="path">The name of a file that is to be read to its end.</param>
    /// <exception cref="TaskGrainException">It is a pipe, a socket or a device.</exception>
    public static void Require(string path)
    {
        if (IsSpecial(path))
        {
            throw new TaskGrainException(
                $"{path} is not a regular file but a pipe, a socket or a device; give a file."
            );
        }
    }

    /// <summary>Whether a name is that of a pipe, a socket or a device.</summary>
    /// <param name="path">Any name.</param>
    /// <returns>False also for what does not exist, and where the system does not tell.</returns>
    public static unsafe bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux() || path.Length == 0)
        {
            return false;
        }

        byte* answer = stackalloc byte[AnswerBytes];
        try
        {
            if (Look(CurrentFolder, path, 0, TypeOnly, answer) != 0)
            {
                return false;
            }
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            return false; // A C library without statx.
        }

        return (*(ushort*)(answer + ModeOffset) & TypeMask) is not (Regular or Folder);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Look(int folder, string path, int flags, uint wanted, byte* answer);
}
