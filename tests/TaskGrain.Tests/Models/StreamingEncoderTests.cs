using TaskGrain.Models;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

public sealed class StreamingEncoderTests
{
    [Theory]
    [InlineData("M(16-16)", 1, 1)]
    [InlineData("M(16-16)", 2, 1)]
    [InlineData("M(16-16)", 6, 1)]
    [InlineData("M(16-16)", 7, 1)]
    [InlineData("M(16-16)", 15, 1)]
    [InlineData("M(16-16)", 15, 4)]
    [InlineData("M(16-16)", 3, 3)]
    [InlineData("M(16-0)", 9, 1)]
    [InlineData("M(0-16)", 9, 2)]
    public void Gives_the_vectors_of_the_whole_video(string architecture, int frames, int atOnce)
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained(architecture);
        using var folded = new FoldedEncoder(encoder, Precision.Float32);
        using var stream = new StreamingEncoder(folded, window: 1000);
        Tensor video = TestEncoders.Clips(1, frames);

        Push(stream, video, atOnce);
        stream.Flush();

        Assert.Equal(frames, stream.VectorsMade);
        Assert.InRange(TestEncoders.Difference(folded.Vectors(video), stream.Vectors!), 0, 1e-5);
        Assert.InRange(TestEncoders.Difference(folded.Encode(video), stream.Encode()), 0, 1e-4);
    }

    [Fact]
    public void A_vector_is_ready_when_the_sixth_frame_after_its_own_has_come()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();
        using var folded = new FoldedEncoder(encoder, Precision.Float32);
        using var stream = new StreamingEncoder(folded);
        Assert.Equal(6, stream.LookAhead);

        for (int frame = 1; frame <= 9; frame++)
        {
            Assert.Equal(frame > 6 ? 1 : 0, stream.Push(TestEncoders.Clips(1, 1, seed: (ulong)frame)));
            Assert.Equal(Math.Max(0, frame - 6), stream.VectorsMade);
        }

        Assert.Equal(6, stream.Flush());
    }

    [Fact]
    public void The_2D_channel_alone_looks_no_frame_ahead()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained("M(0-16)");
        using var folded = new FoldedEncoder(encoder, Precision.Float32);
        using var stream = new StreamingEncoder(folded);

        Assert.Equal(0, stream.LookAhead);
        Assert.Equal(1, stream.Push(TestEncoders.Clips(1, 1)));
    }

    [Fact]
    public void The_LSTM_reads_the_last_window()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();
        using var folded = new FoldedEncoder(encoder, Precision.Float32);
        using var stream = new StreamingEncoder(folded, window: 5);
        Tensor video = TestEncoders.Clips(1, 20);

        Push(stream, video, 1);

        Tensor vectors = folded.Vectors(video).narrow(1, 20 - 6 - 5, 5);
        Assert.InRange(TestEncoders.Difference(folded.Read(vectors), stream.Encode()), 0, 1e-4);
    }

    [Fact]
    public void After_a_reset_another_video_begins()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();
        using var folded = new FoldedEncoder(encoder, Precision.Float32);
        using var stream = new StreamingEncoder(folded);
        Push(stream, TestEncoders.Clips(1, 9, seed: 7), 1);
        stream.Flush();
        Assert.Throws<InvalidOperationException>(() => stream.Push(TestEncoders.Clips(1, 1)));

        stream.Reset();
        Assert.Throws<InvalidOperationException>(stream.Encode);
        Tensor video = TestEncoders.Clips(1, 8);
        Push(stream, video, 1);
        stream.Flush();

        Assert.InRange(TestEncoders.Difference(folded.Encode(video), stream.Encode()), 0, 1e-4);
    }

    [Fact]
    public void Stays_close_in_bfloat16()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained("M(128-128)");
        using var folded = new FoldedEncoder(encoder, Precision.BFloat16);
        using var stream = new StreamingEncoder(folded);
        Tensor video = TestEncoders.Clips(1, 8);

        Push(stream, video, 1);
        stream.Flush();

        Assert.InRange(TestEncoders.Difference(folded.Vectors(video), stream.Vectors!), 0, 0.05);
    }

    [Fact]
    public void Memory_does_not_grow_with_the_stream()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();
        using var folded = new FoldedEncoder(encoder, Precision.Float32);
        using var stream = new StreamingEncoder(folded, window: 4);
        Tensor frame = TestEncoders.Clips(1, 1);

        void Step()
        {
            using var step = NewDisposeScope();
            stream.Push(frame);
            if (stream.VectorsMade > 0)
            {
                stream.Encode();
            }
        }

        for (int i = 0; i < 12; i++)
        {
            Step();
        }

        long live = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 20; i++)
        {
            Step();
        }

        Assert.Equal(live, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void Push(StreamingEncoder stream, Tensor video, int atOnce)
    {
        for (long first = 0; first < video.shape[2]; first += atOnce)
        {
            stream.Push(video.narrow(2, first, Math.Min(atOnce, video.shape[2] - first)));
        }
    }
}
