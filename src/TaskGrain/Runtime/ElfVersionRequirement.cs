using System.Buffers.Binary;
using System.Text;

namespace TaskGrain.Runtime;

/// <summary>
/// Reads and relaxes the symbol-version requirements of a 64-bit little-endian ELF library.
/// </summary>
/// <remarks>
/// The wrapper library of TorchSharp 0.107 asks the C++ library for version GLIBCXX_3.4.32 because of one symbol,
/// <c>_ZSt21ios_base_library_initv</c>, that GCC 13 emits and that nothing in the wrapper calls. Debian 12 and
/// Ubuntu 22.04 carry GLIBCXX_3.4.30, so their loader refuses a library all of whose needs they can meet. Setting
/// the flag VER_FLG_WEAK (value 2) on that one entry of <c>.gnu.version_r</c> makes the loader accept it. The layout
/// is that of the System V ABI (Elf64_Ehdr, Elf64_Shdr) and of the Linux Standard Base (Elf64_Verneed, Elf64_Vernaux).
/// </remarks>
internal static class ElfVersionRequirement
{
    private const int SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    /// <summary>True when the library asks for the version and the requirement is not weak.</summary>
    /// <param name="image">The whole file.</param>
    /// <param name="version">Such as <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>Whether a loader without that version refuses the library.</returns>
    /// <exception cref="InvalidDataException">The bytes are not a 64-bit little-endian ELF file.</exception>
    public static bool IsStrict(ReadOnlySpan<byte> image, string version) =>
        FindFlags(image, version) is { } offset
        && (BinaryPrimitives.ReadUInt16LittleEndian(image[offset..]) & WeakFlag) == 0;

    /// <summary>Marks the requirement weak, in place.</summary>
    /// <param name="image">The whole file.</param>
    /// <param name="version">Such as <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>False when the library has no such requirement.</returns>
    /// <exception cref="InvalidDataException">The bytes are not a 64-bit little-endian ELF file.</exception>
    public static bool MakeWeak(Span<byte> image, string version)
    {
        if (FindFlags(image, version) is not { } offset)
        {
            return false;
        }

        ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(image[offset..]);
        BinaryPrimitives.WriteUInt16LittleEndian(image[offset..], (ushort)(flags | WeakFlag));
        return true;
    }

    /// <summary>Offset in the file of <c>vna_flags</c> of the named requirement; null when there is none.</summary>
    private static int? FindFlags(ReadOnlySpan<byte> image, string version)
    {
        ReadOnlySpan<byte> magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (image.Length < 64 || !image.StartsWith(magic))
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF library");
        }

        int sections = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(image[0x28..]));
        int sectionSize = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3a..]);
        int sectionCount = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3c..]);
        for (int i = 0; i < sectionCount; i++)
        {
            ReadOnlySpan<byte> section = image[(sections + (i * sectionSize))..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) != SectionTypeVersionNeeds)
            {
                continue;
            }

            int start = SectionOffset(section);
            int names = SectionOffset(
                image[(sections + (BinaryPrimitives.ReadInt32LittleEndian(section[0x28..]) * sectionSize))..]
            );
            return FindIn(image, start, names, Encoding.ASCII.GetBytes(version));
        }

        return null;
    }

    private static int SectionOffset(ReadOnlySpan<byte> section) =>
        checked((int)BinaryPrimitives.ReadUInt64LittleEndian(section[0x18..]));

    private static int? FindIn(ReadOnlySpan<byte> image, int start, int names, ReadOnlySpan<byte> version)
    {
        for (int need = start; ;)
        {
            int count = BinaryPrimitives.ReadUInt16LittleEndian(image[(need + 2)..]);
            int entry = need + BinaryPrimitives.ReadInt32LittleEndian(image[(need + 8)..]);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> name = image[
                    (names + BinaryPrimitives.ReadInt32LittleEndian(image[(entry + 8)..]))..
                ];
                if (name.StartsWith(version) && name[version.Length] == 0)
                {
                    return entry + 4;
                }

                entry += BinaryPrimitives.ReadInt32LittleEndian(image[(entry + 12)..]);
            }

            int next = BinaryPrimitives.ReadInt32LittleEndian(image[(need + 12)..]);
            if (next == 0)
            {
                return null;
            }

            need += next;
        }
    }
}
