// Somebody else's program that uses TorchSharp and, beside it, TaskGrain. It does what its arguments say, in order,
// and prints what became of the process; the tests look at that from outside.
using System.Runtime.InteropServices;
using TaskGrain.HostProgram;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TorchSharp;

foreach (string argument in args)
{
    string[] parts = argument.Split('=', 2);
    switch (parts[0])
    {
        case "resolver":
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (_, _, _) => 0);
            break;
        case "load":
            NativeLibrary.Load(parts[1]);
            break;
        case "torch":
            using (torch.Tensor sum = torch.ones(2, 3).sum())
            {
                Console.WriteLine($"sum {sum.item<float>()}");
            }

            break;
        case "configure":
            TaskGrainRuntime.Configure();
            break;
        case "touch":
            Console.WriteLine($"precision {Precision.Auto}");
            break;
        case "model":
            using (VideoModel model = VideoModel.Load(parts[1]))
            {
                Console.WriteLine($"features {model.Description.Encoder.FeatureSize}");
            }

            break;
        case "report":
            Console.WriteLine($"malloc keeps memory {Process.MallocKeepsMemory()}");
            Console.WriteLine($"spin {Process.Variable("GOMP_SPINCOUNT") ?? "not set"}");
            Console.WriteLine($"wrappers {Process.CountLibraries("libLibTorchSharp")}");
            Console.WriteLine($"libtorch {Process.CountLibraries("libtorch_cpu")}");
            break;
        default:
            throw new ArgumentException($"'{argument}' is no step");
    }
}
