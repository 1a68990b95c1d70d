using TaskGrain.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>One step of training: forward, joint loss, backward, clipping, Adam.</summary>
/// <param name="model">The model, in training mode.</param>
/// <param name="optimiser">Changes its parameters.</param>
/// <param name="options">Padding and gradient clipping.</param>
internal sealed class TrainStep(VideoModel model, AdamOptimiser optimiser, TrainingOptions options)
{
    /// <summary>Makes the step.</summary>
    /// <param name="pixels">(N, T, H, W, 3), RGB bytes.</param>
    /// <param name="classes">(N), int64.</param>
    /// <param name="captions">(N, L), int64, or null at the action grains.</param>
    /// <param name="lambda">λ; at 1 the decoder is left out, at 0 the classifier.</param>
    /// <param name="learningRate">Adam's learning rate.</param>
    /// <param name="dropoutSeed">Fixes the step's dropout, so that a resumed run repeats it.</param>
    /// <exception cref="TaskGrainException">
    /// The loss or a gradient is not finite; the weights are as before the step.
    /// </exception>
    public StepReport Run(
        ReadOnlyMemory<byte> pixels,
        Tensor classes,
        Tensor? captions,
        double lambda,
        double learningRate,
        long dropoutSeed
    )
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(dropoutSeed);
        optimiser.ZeroGradients();
        int clips = (int)classes.shape[0];
        Tensor features = model.Encoder.call(model.Clips(pixels, clips)); // (N, T, D)

        var figures = new List<Tensor>();
        Tensor? loss = null;
        if (lambda > 0)
        {
            Tensor logits = model.Classifier!.call(features); // (N, classes)
            Tensor classLoss = TaskLoss.Classification(logits, classes);
            loss = classLoss * lambda;
            figures.Add(classLoss);
            figures.Add(logits.argmax(1).eq(classes).to_type(ScalarType.Float32).mean());
        }

        if (lambda < 1)
        {
            Tensor logProbs = model.Decoder!.call(features, TaskLoss.TeacherInput(captions!)); // (N, L, V)
            Tensor captionLoss = TaskLoss.Captioning(logProbs, captions!, options.MaskPadding);
            Tensor weighted = captionLoss * (1 - lambda);
            loss = loss is null ? weighted : loss + weighted;
            figures.Add(captionLoss);
            figures.Add(
                logProbs
                    .argmax(-1)
                    .eq(captions!)
                    .masked_select(TaskLoss.Words(captions!))
                    .to_type(ScalarType.Float32)
                    .mean()
            );
        }

        figures.Add(loss!);
        using Tensor together = stack(figures.Select(figure => figure.detach()));
        float[] values = together.cpu().data<float>().ToArray();
        RequireFinite(values[^1], "loss");

        loss!.backward();
        double norm = optimiser.ClipGradients(options.ClipGradients);
        RequireFinite(norm, "gradient");
        optimiser.Step(learningRate);

        int caption = lambda > 0 ? 2 : 0;
        return new StepReport
        {
            Clips = clips,
            Lambda = lambda,
            LearningRate = learningRate,
            Loss = values[^1],
            ClassLoss = lambda > 0 ? values[0] : null,
            Top1 = lambda > 0 ? values[1] : null,
            CaptionLoss = lambda < 1 ? values[caption] : null,
            WordAccuracy = lambda < 1 ? values[caption + 1] : null,
            GradientNorm = norm,
        };
    }

    private static void RequireFinite(double value, string what)
    {
        if (!double.IsFinite(value))
        {
            throw new DivergedException($"the {what} is {(double.IsNaN(value) ? "not a number" : "infinite")}");
        }
    }
}

/// <summary>Training has left the realm of finite numbers.</summary>
/// <param name="what">What is not finite.</param>
internal sealed class DivergedException(string what) : Exception(what);
