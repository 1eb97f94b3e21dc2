"""A made-up CT series: a bright disc that grows from slice to slice, 0.5 mm a pixel, 2 mm apart."""

import numpy as np
from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, KeyObjectSelectionDocumentStorage, generate_uid


def key_objects(folder, slices):
    """A key object selection (PS3.3, A.35.4) that names these files; gives its path."""
    first = dcmread(slices[0])
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID = KeyObjectSelectionDocumentStorage
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID = generate_uid()
    for name in ("PatientName", "PatientID", "StudyInstanceUID", "StudyDate", "StudyDescription"):
        setattr(made, name, getattr(first, name))
    made.SeriesInstanceUID, made.Modality = generate_uid(), "KO"
    made.ContentSequence = []
    for path in slices:
        image, item = Dataset(), Dataset()
        image.ReferencedSOPClassUID, image.ReferencedSOPInstanceUID = CTImageStorage, dcmread(path).SOPInstanceUID
        item.ValueType, item.ReferencedSOPSequence = "IMAGE", [image]
        made.ContentSequence.append(item)
    path = folder / "key-objects.dcm"
    made.save_as(path, enforce_file_format=True)
    return path


def a_series(folder, count, numbers=None, size=64, day="20260302"):
    """Writes the files; gives their paths in the order of their places."""
    study, series = generate_uid(), generate_uid()
    down, across = np.mgrid[:size, :size] - size / 2
    far = np.hypot(down, across)
    paths = []
    for place in range(count):
        made = Dataset()
        made.file_meta = FileMetaDataset()
        made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID = CTImageStorage
        made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID = generate_uid()
        made.PatientName, made.PatientID = "Example^Ann", "1"
        made.StudyInstanceUID, made.SeriesInstanceUID = study, series
        made.StudyDate, made.Modality, made.SeriesDescription = day, "CT", "Chest"
        made.StudyDescription = "CT of the chest"
        made.InstanceNumber = numbers[place] if numbers else place + 1
        made.ImageOrientationPatient, made.ImagePositionPatient = [1, 0, 0, 0, 1, 0], [0, 0, 2 * place]
        made.PixelSpacing = [0.5, 0.5]
        made.Rows = made.Columns = size
        made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
        made.BitsAllocated = made.BitsStored = 16
        made.HighBit, made.PixelRepresentation = 15, 0
        made.RescaleSlope, made.RescaleIntercept = 1, -1024
        made.WindowCenter, made.WindowWidth = 40, 400
        inside = far < size * (0.1 + 0.3 * (place + 1) / count)
        made.PixelData = np.where(inside, 2024, 24).astype("<u2").tobytes()
        path = folder / f"{day}-{place:03}.dcm"
        made.save_as(path, enforce_file_format=True)
        paths.append(path)
    return paths
