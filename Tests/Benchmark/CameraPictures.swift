import NIOCore
import TestSupport
import Vocabulary

/// Pictures as a webcam above a printer takes them, one after the other: a still scene with sensor noise, no two of the same bytes.
struct CameraPictures {
    let size: PixelSize
    private let originals: [TestJPEG]

    init(width: Int, height: Int) {
        size = PixelSize(width: width, height: height)
        originals = (1...12).map { seed in
            TestEncoding(sampling: (2, 1), quality: 85).encode(
                TestScene(width: width, height: height, noise: 4.5, seed: UInt64(seed)))
        }
    }

    /// The picture of this number, in memory of its own as it would come from the network.
    func picture(_ number: Int) -> [UInt8] { numbered(number).bytes }

    /// The same for libjpeg, which judged all pictures before there was a scan of our own: that leaves it to it.
    func pictureForLibjpeg(_ number: Int) -> [UInt8] {
        // Adobe's segment says that the components are what they are.
        numbered(number).inserting(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1]).bytes
    }

    /// A comment with the number makes the bytes others without changing what there is to decode.
    private func numbered(_ number: Int) -> TestJPEG {
        originals[number % originals.count].inserting(0xFE, Array("\(number)".utf8))
    }
}
