from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0019_title_of_the_head_of_the_centre"),
    ]

    operations = [
        migrations.AlterField(
            model_name="answer",
            name="kind",
            field=models.CharField(
                choices=[
                    ("none", "ไม่ต้องตอบ"),
                    ("acknowledge", "ตอบรับทราบ"),
                    ("activity", "บันทึกกิจกรรมตามวันสำคัญ"),
                    ("file", "ส่งไฟล์"),
                    ("table", "กรอกตาราง"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="answer_kind",
            field=models.CharField(
                choices=[
                    ("none", "ไม่ต้องตอบ"),
                    ("acknowledge", "ตอบรับทราบ"),
                    ("activity", "บันทึกกิจกรรมตามวันสำคัญ"),
                    ("file", "ส่งไฟล์"),
                    ("table", "กรอกตาราง"),
                ],
                default="none",
                max_length=12,
                verbose_name="ขอให้ตอบ",
            ),
        ),
    ]
