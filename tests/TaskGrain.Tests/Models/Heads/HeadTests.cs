using TaskGrain.Models.Heads;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Models.Heads;

public sealed class HeadTests
{
    private const int Width = 5;
    private const int Classes = 3;

    public static TheoryData<ClassifierKind> Kinds => [.. ClassifierKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_gradient_is_the_slope_of_the_loss(ClassifierKind kind)
    {
        SequenceSet set = Clips();
        Head head = NewHead(kind);
        int[] batch = [0, 2, 1, 4];
        head.Backpropagate(set, batch, 0, new SeededRandom(1));
        float[] gradient = [.. head.Gradient];
        Assert.Contains(gradient, value => value != 0);

        const float Step = 1e-2f;
        for (int i = 0; i < gradient.Length; i += Math.Max(1, gradient.Length / 150))
        {
            float original = head.Parameters[i];
            head.Parameters[i] = original + Step;
            double above = head.Backpropagate(set, batch, 0, new SeededRandom(1));
            head.Parameters[i] = original - Step;
            double below = head.Backpropagate(set, batch, 0, new SeededRandom(1));
            head.Parameters[i] = original;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 2e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void With_dropout_the_gradient_still_is_the_slope(ClassifierKind kind)
    {
        SequenceSet set = Clips();
        Head head = NewHead(kind);
        int[] batch = [0, 3];
        head.Backpropagate(set, batch, 0.4, new SeededRandom(1));
        float[] gradient = [.. head.Gradient];
        float[] direction = [.. gradient.Select((_, i) => (float)Math.Sin(i))];
        double slope = gradient.Zip(direction, (g, d) => g * d).Sum();

        float[] start = [.. head.Parameters];
        double above = At(1e-3f);
        double below = At(-1e-3f);

        Assert.Equal((above - below) / 2e-3, slope, 0.02 * Math.Max(1, Math.Abs(slope)));

        double At(float step)
        {
            for (int i = 0; i < start.Length; i++)
            {
                head.Parameters[i] = start[i] + (step * direction[i]);
            }

            return head.Backpropagate(set, batch, 0.4, new SeededRandom(1));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_clip_s_probabilities_do_not_depend_on_the_clips_beside_it(ClassifierKind kind)
    {
        SequenceSet set = Clips();
        Head head = NewHead(kind);
        float[] together = new float[4 * Classes];
        head.Predict(set, [0, 1, 2, 4], together);

        foreach ((int clip, int row) in new[] { (1, 1), (4, 3) })
        {
            float[] alone = new float[Classes];
            head.Predict(set, [clip], alone);
            Assert.Equal(1, alone.Sum(), 1e-5f);
            for (int c = 0; c < Classes; c++)
            {
                Assert.Equal(alone[c], together[(row * Classes) + c], 1e-5f);
            }
        }
    }

    [Fact]
    public void The_bilstm_equals_libtorch_s()
    {
        const int Hidden = 16;
        SequenceSet set = Clips();
        var head = (BiLstmHead)NewHead(ClassifierKind.BiLstm);
        float[] ours = new float[Classes];
        head.Predict(set, [2], ours);

        using var scope = TorchSharp.torch.NewDisposeScope();
        using var lstm = TorchSharp.torch.nn.LSTM(Width, Hidden, batchFirst: true, bidirectional: true);
        using (TorchSharp.torch.no_grad())
        {
            int at = 0;
            foreach ((string suffix, int bias) in new[] { ("", 0), ("_reverse", 1) })
            {
                // Ours is (inputs + hidden, gates); libtorch's are (gates, inputs) and (gates, hidden), with two
                // biases.
                var weight = TorchSharp
                    .torch.tensor(head.Parameters[at..(at + ((Width + Hidden) * 4 * Hidden))])
                    .reshape(Width + Hidden, 4 * Hidden);
                lstm.get_parameter($"weight_ih_l0{suffix}")!.copy_(weight[..Width].t());
                lstm.get_parameter($"weight_hh_l0{suffix}")!.copy_(weight[Width..].t());
                int biasAt = head.Weights + (bias * 4 * Hidden);
                lstm.get_parameter($"bias_ih_l0{suffix}")!
                    .copy_(TorchSharp.torch.tensor(head.Parameters[biasAt..(biasAt + (4 * Hidden))]));
                lstm.get_parameter($"bias_hh_l0{suffix}")!.zero_();
                at += (Width + Hidden) * 4 * Hidden;
            }

            var clip = TorchSharp.torch.tensor(set.Clips[2]).reshape(1, set.Steps(2), Width);
            var (output, _, _) = lstm.call(clip);
            var outWeight = TorchSharp
                .torch.tensor(head.Parameters[at..(at + (2 * Hidden * Classes))])
                .reshape(2 * Hidden, Classes);
            float[] theirs = output
                .mean([1])
                .mm(outWeight)
                .add(TorchSharp.torch.tensor(head.Parameters[^Classes..]))
                .softmax(-1)
                .data<float>()
                .ToArray();
            for (int c = 0; c < Classes; c++)
            {
                Assert.Equal(theirs[c], ours[c], 1e-5f);
            }
        }
    }

    private static Head NewHead(ClassifierKind kind)
    {
        var head = Head.Create(kind, Width, Classes, hidden: kind == ClassifierKind.Mlp ? 12 : 16, stepStride: 2);
        head.Initialise(new SeededRandom(4));
        var random = new SeededRandom(5);
        for (int i = 0; i < head.Parameters.Length; i++)
        {
            head.Parameters[i] += (float)(0.1 * random.NextGaussian()); // logistic regression starts at 0
        }

        return head;
    }

    /// <summary>Five clips of 3 to 7 steps.</summary>
    private static SequenceSet Clips()
    {
        var random = new SeededRandom(6);
        float[][] clips =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(i => Enumerable.Range(0, (3 + i) * Width).Select(_ => (float)random.NextGaussian()).ToArray()),
        ];
        return new SequenceSet(Width, clips, [0, 1, 2, 0, 1]);
    }
}
