using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Runtime;

public sealed unsafe class KernelThreadsTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10_001)]
    [InlineData(4, 3)]
    [InlineData(5, 1000)]
    public void Every_index_is_done_once_by_a_part_that_depends_on_the_numbers_alone(int threads, int count)
    {
        int before = get_num_threads();
        int[] partOf = [.. Enumerable.Repeat(-1, count)];
        try
        {
            set_num_threads(threads);
            fixed (int* array = partOf)
            {
                int parts = KernelThreads.For(count, &Mark, array);
                Assert.Equal(Math.Min(threads, count), parts);
                Assert.Equal(Enumerable.Range(0, count).Select(i => PartOf(i, count, parts)), partOf);
            }
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static int PartOf(int index, int count, int parts) =>
        Enumerable
            .Range(0, parts)
            .Single(part => (long)count * part / parts <= index && index < (long)count * (part + 1) / parts);

    private static void Mark(void* argument, int part, long first, long end)
    {
        for (long i = first; i < end; i++)
        {
            int* at = (int*)argument + i;
            *at = *at == -1 ? part : -2;
        }
    }
}
