using System.Runtime.Intrinsics.X86;

namespace TaskGrain.Runtime;

/// <summary>What the processor computes fast, where libtorch makes use of it.</summary>
internal static class ProcessorFeatures
{
    /// <summary>
    /// bfloat16 dot products (avx512_bf16; processors with AMX tiles have them too). Without them bfloat16 is emulated
    /// and slower than
    /// float32. Read from CPUID itself: .NET has no class for it.
    /// </summary>
    public static bool BFloat16 { get; } = HasBFloat16();

    /// <summary>
    /// AMX: products of matrix tiles in bfloat16, eight times as many operations a cycle as the dot products.
    /// </summary>
    public static bool Amx { get; } = HasAmx();

    /// <summary>
    /// Whether oneDNN has AVX2 and nothing wider: the processor has no more, or the variable by which oneDNN is told to
    /// use no more says so.
    /// </summary>
    public static bool OnlyAvx2 { get; } =
        Avx2.IsSupported
        && (!Avx512F.IsSupported || Environment.GetEnvironmentVariable("ONEDNN_MAX_CPU_ISA") is "AVX2" or "AVX2_VNNI");

    // .NET's Avx512F says that both the processor and the operating system handle the 512-bit registers.
    private static bool HasLeaf7 => X86Base.IsSupported && Avx512F.IsSupported && X86Base.CpuId(0, 0).Eax >= 7;

    private static bool HasBFloat16()
    {
        const int Avx512Bf16 = 1 << 5; // leaf 7, subleaf 1, EAX
        return HasLeaf7 && X86Base.CpuId(7, 0).Eax >= 1 && (X86Base.CpuId(7, 1).Eax & Avx512Bf16) != 0;
    }

    private static bool HasAmx()
    {
        const int AmxBFloat16 = 1 << 22; // leaf 7, subleaf 0, EDX
        return HasLeaf7 && (X86Base.CpuId(7, 0).Edx & AmxBFloat16) != 0;
    }
}
