using System.Runtime.Intrinsics.X86;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Runtime;

public sealed class ProcessorFeaturesTests
{
    private const string KernelsList = "/proc/cpuinfo";

    [Fact]
    public void What_the_processor_says_is_what_the_kernel_lists()
    {
        Assert.SkipUnless(Avx512F.IsSupported && File.Exists(KernelsList), "No AVX-512, or no list of flags.");
        string[] flags = File.ReadLines(KernelsList)
            .First(line => line.StartsWith("flags", StringComparison.Ordinal))
            .Split(' ');

        Assert.Equal(flags.Contains("avx512_bf16"), ProcessorFeatures.BFloat16);
        Assert.Equal(flags.Contains("amx_bf16"), ProcessorFeatures.Amx);
    }
}
